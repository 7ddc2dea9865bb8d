"""Achievement catalogue (科技成果目录): what may be transferred, licensed, invested."""
